/** VLAN IDs as files write them: single IDs and ranges inside 1 to 4094 (0 and 4095 are reserved by 802.1Q). */
export const FIRST_VLAN = 1;
export const LAST_VLAN = 4094;

export interface VlanRange {
  first: number;
  last: number;
}

/** 600 or "600-799"; a string says what is wrong and what to write. */
export function parseVlanRange(written: string | number): VlanRange | string {
  const match = /^(\d+)(?:\s*-\s*(\d+))?$/.exec(String(written).trim());
  if (!match) return `'${written}' is no VLAN ID or range of them; write e.g. 600 or 600-799`;
  const first = Number(match[1]);
  const last = match[2] === undefined ? first : Number(match[2]);
  for (const id of [first, last])
    if (id < FIRST_VLAN || id > LAST_VLAN)
      return `VLAN ID ${id} is outside ${FIRST_VLAN} to ${LAST_VLAN}; 802.1Q reserves the others`;
  return first > last ? `the range ${first}-${last} is reversed; write ${last}-${first}` : { first, last };
}

export function formatVlanRange({ first, last }: VlanRange): string {
  return first === last ? String(first) : `${first}-${last}`;
}
