/**
 * Small trees of files in one text: a comment, then each file under a line `-- name --`.
 * @see https://pkg.go.dev/golang.org/x/tools/txtar
 */
export interface Archive {
  readonly comment: string
  readonly files: Readonly<Record<string, string>>
}

export function parseArchive(text: string): Archive {
  const [comment = '', ...parts] = text.split(/^-- (.+) --\n/m)
  const files: Record<string, string> = {}
  for (let at = 0; at + 1 < parts.length; at += 2) files[parts[at] ?? ''] = parts[at + 1] ?? ''
  return { comment: comment.trim(), files }
}

export function formatArchive({ comment, files }: Archive): string {
  const parts = Object.entries(files).map(([name, text]) => `-- ${name} --\n${text}`)
  return `${comment}\n${parts.join('')}`
}
