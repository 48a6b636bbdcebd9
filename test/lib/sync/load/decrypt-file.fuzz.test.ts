import { inspect } from 'node:util'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isSyncError } from '../../../../lib/core/errors.ts'
import { type SopsFormat, sopsFormats } from '../../../../lib/core/sops/sops-format.ts'
import { decryptFile } from '../../../../lib/sync/load/decrypt-file.ts'
import { mutatedFile } from '../../../arbitraries/mutated-file.ts'
import { seal, sealedDataKey, sealFile } from '../../../fakes/seal-file.ts'
import { readSopsVectors } from '../../../fixtures/sops/vectors.ts'

/** Files by the second or two; `SMC_FUZZ_SECONDS=60` goes on for that long. */
const seconds = Number(process.env['SMC_FUZZ_SECONDS'] ?? 0)
const limits =
  seconds > 0
    ? { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: seconds * 1000 }
    : { numRuns: 1_500 }

interface Seed {
  readonly format: SopsFormat
  readonly bytes: Uint8Array
  readonly dataKey: Uint8Array
}

/** What stands in the sealed files, encrypted and plain, and must show in no error. */
const secret = 'canary'

const texts: Readonly<Record<SopsFormat, string>> = {
  yaml: `# note\na: &a\n  - ${seal(secret, 'a:')} # x\n  - {b: ${seal('7', 'a:b:', 'int')}}\nc_unencrypted: |\n  ${secret}\n  two\n"d": {<<: *a}`,
  json: `"a": ["${seal(secret, 'a:')}", {"b": 1.5}], "c_unencrypted": "${secret}"`,
  dotenv: `#note\nA=${seal(secret, 'A:')}\nC_unencrypted=${secret}`,
  ini: `; note\nk = ${seal(secret, 'DEFAULT:k:')}\n[s]\nc_unencrypted = """${secret}\ntwo"""`,
  binary: `"data": "${seal(secret, 'data:')}"`,
}
const sealed = sopsFormats.map((format) => ({
  format,
  bytes: sealFile({ format, body: texts[format], hashed: secret + secret }),
  dataKey: sealedDataKey,
}))
const vectors = readSopsVectors().map(({ format, encrypted, dataKey }) => ({
  format,
  bytes: encrypted,
  dataKey,
}))

/** What a person might be shown of an error, and what a careless print would show. */
function printError(thrown: unknown): string {
  return inspect(thrown, { depth: 9, showHidden: true }) + JSON.stringify(thrown) + String(thrown)
}

it('ends in the content or in a typed error that shows no value, however a file is damaged', {
  timeout: 700_000,
}, async () => {
  const damaged = fc.tuple(
    mutatedFile<Seed>([...sealed, ...vectors]),
    fc.boolean(),
    fc.constantFrom(...sopsFormats),
  )
  const property = fc.asyncProperty(damaged, async ([{ format, bytes, dataKey }, isNamed, outputFormat]) => {
    const file = { path: 'file', bytes, outputFormat, ...(isNamed && { inputFormat: format }) }
    try {
      await decryptFile(file, async () => dataKey)
    } catch (thrown) {
      if (!isSyncError(thrown) || thrown.code === 'InternalError') throw thrown
      expect(printError(thrown)).not.toContain(secret)
    }
  })
  await fc.assert(property, { ...limits, markInterruptAsFailure: false })
})
