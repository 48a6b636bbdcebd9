import { type ErrorCode, errorTable } from '../errors.ts'

/** The code that is told where several changes failed: what stalls needs a person and comes first. */
export function chooseCode(codes: readonly ErrorCode[]): ErrorCode | undefined {
  return codes.find((code) => errorTable[code].disposition === 'stall') ?? codes[0]
}
