import type { TokenCodes } from '../../tokens/request-token.ts'

/** How a key service reports that it cannot log in. */
export const keyTokenCodes = {
  refused: 'SopsKeyAccessDenied',
  unavailable: 'SopsKeyServiceUnavailable',
} as const satisfies TokenCodes
