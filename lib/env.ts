export type Environment = Readonly<Record<string, string | undefined>>

/** The process environment. This file is its only reader. */
export function readEnvironment(): Environment {
  return process.env
}
