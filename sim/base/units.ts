/**
 * The one file that converts units. Inside podtwin: time in integer microseconds (`...Micros`) for events and float
 * seconds (`...Seconds`) in models, memory and disk in bytes, CPU in thousandths of a core (`cpuMillis`, integer),
 * rates in bits per second.
 */
export const MICROS_PER_SECOND = 1_000_000;
export const KIB = 1024;
export const MIB = 1024 * KIB;
export const GIB = 1024 * MIB;
export const TIB = 1024 * GIB;
export const MILLIS_PER_CORE = 1000;

/** Seconds to the nearest microsecond: rounding up would move ends that reference answers fix. */
export function microsOf(seconds: number): number {
  return Math.round(seconds * MICROS_PER_SECOND);
}

export function secondsOf(micros: number): number {
  return micros / MICROS_PER_SECOND;
}
