/**
 * The standard normal quantile by Wichura's rational approximations (algorithm AS 241, PPND16, Applied Statistics 37,
 * 1988): relative error about 1e-16 for u from 1e-300 to 1 - 1e-16. From log, sqrt and arithmetic alone, so that it is
 * the same on every machine.
 */

/** Coefficients, the highest power first: numerator and denominator for the middle, the tails and the far tails. */
const MIDDLE = [
  2.509080928730122673e3, 3.343057558358812811e4, 6.72657709270087009e4, 4.592195393154987146e4, 1.373169376550946113e4,
  1.971590950306551443e3, 1.331416678917843775e2, 3.387132872796366608,
];
const MIDDLE_BELOW = [
  5.226495278852854561e3, 2.872908573572194267e4, 3.930789580009271061e4, 2.121379430158659587e4,
  5.394196021424751108e3, 6.871870074920579083e2, 4.231333070160091125e1, 1,
];
const TAIL = [
  7.7454501427834140764e-4, 2.27238449892691845833e-2, 2.4178072517745061177e-1, 1.27045825245236838258,
  3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734,
];
const TAIL_BELOW = [
  1.05075007164441684324e-9, 5.475938084995344946e-4, 1.51986665636164571966e-2, 1.4810397642748007459e-1,
  6.8976733498510000455e-1, 1.6763848301838038494, 2.05319162663775882187, 1,
];
const FAR_TAIL = [
  2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.2426609473880784386e-3, 2.6532189526576123093e-2,
  2.9656057182850489123e-1, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772,
];
const FAR_TAIL_BELOW = [
  2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
  1.48753612908506148525e-2, 1.3692988092273580531e-1, 5.9983220655588793769e-1, 1,
];

/** For u in (0, 1). */
export function normalQuantile(u: number): number {
  const q = u - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(MIDDLE, r)) / polynomial(MIDDLE_BELOW, r);
  }
  const tail = tailQuantile(Math.sqrt(-Math.log(q < 0 ? u : 1 - u)));
  return q < 0 ? -tail : tail;
}

function tailQuantile(r: number): number {
  return r <= 5
    ? polynomial(TAIL, r - 1.6) / polynomial(TAIL_BELOW, r - 1.6)
    : polynomial(FAR_TAIL, r - 5) / polynomial(FAR_TAIL_BELOW, r - 5);
}

function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (const coefficient of coefficients) value = value * x + coefficient;
  return value;
}
