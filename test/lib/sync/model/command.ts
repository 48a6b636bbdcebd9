import type { World } from './world.ts'

/** One step of a history. */
export interface Command {
  /** How it reads in a counterexample. */
  readonly text: string
  run(world: World): Promise<void>
}

export function command(text: string, run: Command['run']): Command {
  return { text, run }
}
