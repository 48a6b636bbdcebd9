import { resolve } from 'node:path'
import { createHome, type Home } from '../../lib/adapters/home/home.ts'
import { type CommandInput, readText } from '../command.ts'

/** The home that the options name, made where it is missing. @throws {SyncError} HomeInvalid */
export function openHomeOf(input: CommandInput): Home {
  return createHome(resolve(readText(input, 'home') ?? '.smc'))
}
