/** Typed arrays that grow. Guarantees that what was in them stays, and that the new part holds zeros (or `fill`). */
export function grownFloats(array: Float64Array<ArrayBuffer>, least: number, fill = 0): Float64Array<ArrayBuffer> {
  if (least <= array.length) return array;
  const grown = new Float64Array(Math.max(least, 2 * array.length));
  if (fill !== 0) grown.fill(fill, array.length);
  grown.set(array);
  return grown;
}

export function grownInts(array: Int32Array<ArrayBuffer>, least: number, fill = 0): Int32Array<ArrayBuffer> {
  if (least <= array.length) return array;
  const grown = new Int32Array(Math.max(least, 2 * array.length));
  if (fill !== 0) grown.fill(fill, array.length);
  grown.set(array);
  return grown;
}
