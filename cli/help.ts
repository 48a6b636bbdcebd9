import { type Command, globalOptions, type Option } from './command.ts'

/** The text of `smc --help`. */
export function formatHelp(commands: Readonly<Record<string, { about: string }>>): string {
  const width = Math.max(0, ...Object.keys(commands).map((name) => name.length))
  const rows = Object.entries(commands).map(([name, { about }]) => `  ${name.padEnd(width)}  ${about}`)
  return [
    'Usage: smc COMMAND [OPTIONS]',
    '',
    'Commands:',
    ...rows,
    '',
    '`smc COMMAND --help` says more.',
  ].join('\n')
}

/** The text of `smc COMMAND --help`. */
export function formatCommandHelp(command: Command): string {
  return [
    `Usage: smc ${command.usage}`,
    '',
    command.about,
    '',
    ...formatOptions('Options:', command.options),
    ...formatOptions('Global options:', globalOptions),
  ].join('\n')
}

function formatOptions(title: string, options: Readonly<Record<string, Option>>): string[] {
  const rows = Object.entries(options).map(([name, option]) => {
    const short = option.short === undefined ? '' : `-${option.short}, `
    const argument = option.type === 'string' ? ` ${option.argument ?? 'TEXT'}` : ''
    return [`${short}--${name}${argument}`, option.about] as const
  })
  const width = Math.max(0, ...rows.map(([left]) => left.length))
  return rows.length === 0
    ? []
    : [title, ...rows.map(([left, about]) => `  ${left.padEnd(width)}  ${about}`), '']
}
