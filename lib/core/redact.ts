const urlWithAuthority = /\b([a-z][a-z0-9+.-]*:\/\/)([^\s/?#"']*@)?([^\s?#"']*)([?#][^\s"']*)?/gi

/** Text with user info, query and fragment taken out of every URL in it: what is left may be logged and shown. */
export function redactUrl(text: string): string {
  return text.replace(urlWithAuthority, '$1$3')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

/** Text from outside (branch names, paths, server answers) made safe for a terminal: escape sequences are spelled out. */
export function escapeControl(text: string): string {
  return text.replace(unprintable, (character) => {
    const code = character.codePointAt(0) ?? 0
    return `\\u${code.toString(16).padStart(4, '0')}`
  })
}
