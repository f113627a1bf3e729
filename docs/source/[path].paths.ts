/**
 * A page of the site for each source file: the file itself, with an anchor for each line.
 */
import { sourceFiles, sourceText, withoutSuffix } from '../../scripts/docs/site.js'

const asCode = (file: string): string => `# ${file}\n\n\`\`\`\`ts:line-numbers source\n${sourceText(file)}\`\`\`\`\n`

export default {
  paths: () =>
    sourceFiles().map((file) => ({
      params: { path: withoutSuffix(file) },
      content: file.endsWith('.md') ? sourceText(file) : asCode(file)
    }))
}
