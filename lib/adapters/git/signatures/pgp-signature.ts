/**
 * Whether `armored` is a signature of `payload`, made by one of `signers` (armored public keys). What cannot be read
 * is no signature.
 */
export async function isPgpSignatureBy(
  signers: readonly string[],
  armored: string,
  payload: Uint8Array,
): Promise<boolean> {
  if (signers.length === 0) return false
  const { createMessage, readKeys, readSignature, verify } = await import('openpgp')
  try {
    const keys = await Promise.all(signers.map((armoredKeys) => readKeys({ armoredKeys })))
    const { signatures } = await verify({
      message: await createMessage({ binary: payload }),
      signature: await readSignature({ armoredSignature: armored }),
      verificationKeys: keys.flat(),
    })
    return (await Promise.allSettled(signatures.map(({ verified }) => verified))).some(
      (result) => result.status === 'fulfilled' && result.value,
    )
  } catch {
    // The library has one kind of error for every way in which a text can be no signature.
    return false
  }
}
