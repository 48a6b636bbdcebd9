import { describe, expectTypeOf, it } from 'vitest'
import type { SecretValue } from '../../../../lib/core/secret-value.ts'
import type { NewSecret, StateStore } from '../../../../lib/ports.ts'

/** `true` where a value of this type could carry bytes or a SecretValue, at any depth. */
type CarriesBytes<T> = T extends SecretValue | ArrayBufferView | ArrayBuffer
  ? true
  : T extends (...args: infer Arguments) => infer Result
    ? CarriesBytes<Arguments> | CarriesBytes<Awaited<Result>>
    : T extends readonly (infer Element)[]
      ? CarriesBytes<Element>
      : T extends object
        ? { [Key in keyof T]-?: CarriesBytes<T[Key]> }[keyof T]
        : false

type MethodsThatCarryBytes = {
  [Method in keyof StateStore]: true extends CarriesBytes<StateStore[Method]> ? Method : never
}[keyof StateStore]

describe('the records of the state', () => {
  it('have no place for a value: no method of the store takes or returns bytes', () => {
    expectTypeOf<MethodsThatCarryBytes>().toEqualTypeOf<never>()
  })

  it('would be caught if they had', () => {
    expectTypeOf<CarriesBytes<readonly NewSecret[]>>().toEqualTypeOf<boolean>()
    expectTypeOf<CarriesBytes<{ a: { b: readonly string[] } }>>().toEqualTypeOf<false>()
  })
})
