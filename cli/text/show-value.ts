import type { SecretValue } from '../../lib/core/secret-value.ts'
import type { CommandInput } from '../command.ts'

/** Prints the bare value and nothing else: what `--reveal` asks for. */
export function showValue({ output }: Pick<CommandInput, 'output'>, value: SecretValue): void {
  output.resultBytes(value.reveal())
}
