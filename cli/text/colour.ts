const codes = { green: 32, yellow: 33, red: 31, dim: 2 } as const

export type Colour = keyof typeof codes

/** `text` in a colour, where the terminal shows any. */
export function paint(text: string, colour: Colour, colours: boolean): string {
  return colours ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text
}
