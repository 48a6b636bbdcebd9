import { splitSignature } from '../../../core/git/commit-signature.ts'
import { isSshSignature, isSshSignatureBy } from '../../../core/git/ssh-signature.ts'
import type { IsSignedBy } from '../../../ports.ts'
import { isPgpSignatureBy } from './pgp-signature.ts'

const pgpKey = '-----BEGIN PGP PUBLIC KEY BLOCK-----'

/** Looks at the signature of a commit, of SSH or of PGP. The code for PGP is loaded only where a commit asks for it. */
export const isSignedBy: IsSignedBy = async (commit, signers) => {
  const signed = splitSignature(commit)
  if (!signed) return false
  const isPgpKey = (signer: string) => signer.trimStart().startsWith(pgpKey)
  return isSshSignature(signed.signature)
    ? isSshSignatureBy(
        signers.filter((signer) => !isPgpKey(signer)),
        signed.signature,
        signed.payload,
      )
    : await isPgpSignatureBy(signers.filter(isPgpKey), signed.signature, signed.payload)
}
