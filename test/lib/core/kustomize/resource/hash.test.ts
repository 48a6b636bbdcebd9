import { expect, it } from 'vitest'
import { hashResource } from '../../../../../lib/core/kustomize/resource/hash.ts'
import { createResource } from '../../../../fakes/resource.ts'

const secret = (rest: string) => `apiVersion: v1\nkind: Secret\nmetadata: {name: any}\n${rest}`
const configMap = (rest: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: any}\n${rest}`

/** Made with kustomize v5.8.2. */
it.each([
  ['46f8b28mk5', secret('type: Opaque\ndata: {}')],
  ['d9fcb6hgf2', secret('type: Opaque\ndata: {b: Mw==, c: NA==}')],
  ['bhtkm5f2kg', secret('data: {a: b}')],
  ['2bg6t6bf6t', secret('')],
  [
    'h55dbmfg7b',
    secret(
      'type: Opaque\ndata: {password: MWYyZDFlMmU2N2Rm, username: YWRtaW4=}\nstringData: {application: kustomize-sops}',
    ),
  ],
  ['6ct58987ht', configMap('')],
  ['h29d89cmmt', configMap('data: {a: "1"}')],
  ['mgkhkf5d78', configMap('binaryData: {b: /w==}')],
  ['9774t75hgm', configMap(String.raw`data: {h: "\b\f"}`)],
  ['2999ft45bb', configMap(String.raw`data: {h: "<a href=\"x\">&\L\x01é😀"}`)],
  ['589hg82kdt', configMap('data: {～: "1", 😀: "2", z: "3", A: "4", _: "5"}')],
])('hashes to %s', (hash, text) => {
  expect(hashResource(createResource(text))).toBe(hash)
})
