/**
 * A page of the site for each file that a page links to: a text as it reads, any other file with an anchor for each line.
 */
import { extname } from 'node:path'
import { pathOfSource, shownFiles, sourceText } from '../../scripts/docs/site.js'

/** The languages that are coloured, by their suffixes. */
const languages: Readonly<Record<string, string>> = { '.ts': 'ts', '.js': 'js', '.json': 'json', '.rs': 'rust' }

const asCode = (file: string): string =>
  `# ${file}\n\n\`\`\`\`${languages[extname(file)] ?? 'txt'}:line-numbers source\n${sourceText(file)}\`\`\`\`\n`

export default {
  paths: () =>
    shownFiles.map((file) => ({
      params: { path: pathOfSource(file) },
      content: file.endsWith('.md') ? sourceText(file) : asCode(file)
    }))
}
