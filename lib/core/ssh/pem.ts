/** The bytes between the lines of a PEM block; its label is not looked at. */
export function decodePem(text: string): Buffer {
  return Buffer.from(text.replace(/-----[^-]+-----/g, ''), 'base64')
}
