import type { Format, SopsFormat } from '../sops-format.ts'
import { binaryFormat } from './binary.ts'
import { dotenvFormat } from './dotenv.ts'
import { iniFormat } from './ini.ts'
import { jsonFormat } from './json.ts'
import { yamlFormat } from './yaml.ts'

/** Every format that SOPS knows. */
export const formats = {
  yaml: yamlFormat,
  json: jsonFormat,
  dotenv: dotenvFormat,
  ini: iniFormat,
  binary: binaryFormat,
} as const satisfies Record<SopsFormat, Format>
