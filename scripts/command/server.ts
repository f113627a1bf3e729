/**
 * A process that runs `blockforest` from its sources, one command after another: starting up takes much longer than most
 * commands do. A message has an id, arguments, and a folder; the answer has what was printed, and the exit code.
 */
import { blockforest } from '../../impl/cli/command.js'

interface Request {
  readonly id: number
  readonly args: ReadonlyArray<string>
  readonly cwd: string
}

type Write = (chunk: Uint8Array | string) => boolean

/** Runs a command, with what it writes taken down. */
const run = async ({ id, args, cwd }: Request): Promise<void> => {
  const written = { out: '', err: '' }
  const streams = [
    ['out', process.stdout],
    ['err', process.stderr]
  ] as const
  const restores = streams.map(([name, stream]) => {
    const write: typeof stream.write = stream.write.bind(stream)
    const take: Write = (chunk) => {
      written[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8')
      return true
    }
    stream.write = take
    return () => {
      stream.write = write
    }
  })
  process.chdir(cwd)
  const exitCode = await blockforest(args).finally(() => {
    for (const restore of restores) restore()
  })
  process.exitCode = undefined
  process.send?.({ id, ...written, exitCode })
}

let last = Promise.resolve()
process.on('message', (request: Request) => {
  last = last.then(() => run(request))
})
process.on('disconnect', () => {
  process.exit()
})
