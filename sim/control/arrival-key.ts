/** What a VM that another zone hands over is known by, until it is this zone's: its migration there. */
export function arrivalKey(zone: string, migration: number): string {
  return `${migration} of ${zone}`;
}
