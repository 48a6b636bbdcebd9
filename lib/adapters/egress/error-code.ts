/** The code of a system or library error, such as `ECONNREFUSED`, or its name; never its text. */
export function readErrorCode(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown
  return 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : thrown.name
}
