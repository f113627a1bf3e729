/**
 * The command line as a function. Exit codes: 0 all holds, 1 something does not, 2 the command or its input cannot be used, 3
 * an error of blockforest's own, which is never a verdict. (`main.ts` adds 4: the output could not be written.)
 */
import { Command, CommanderError } from 'commander'
import { CheckpointError, ModelFault, NotPlainData, RefusedSearch } from '../../invariants/checker/index.js'
import { complain, OUTPUT_LOST, OutputLost, reasonOf, UsageError } from './io.js'
import { version } from './version.js'

/** An argument that is no option. */
const isWord = (argument: string | undefined): argument is string => argument !== undefined && !argument.startsWith('-')

/** What adds each command, in the order of the help. Only that of the command line is loaded: starting up takes time. */
const commands: Readonly<Record<string, (argument?: string) => Promise<(program: Command) => void>>> = {
  check: async (argument) => {
    const [{ checkCommand }, { defaultSystem, load }] = await Promise.all([import('./check.js'), import('./load.js')])
    // The options are those of the system, which stands first.
    const loaded = isWord(argument) ? await load(argument) : defaultSystem()
    return (program) => {
      checkCommand(program, loaded)
    }
  },
  systems: async () => (await import('./systems.js')).systemsCommand,
  init: async () => (await import('./init.js')).initCommand,
  replay: async () => (await import('./replay.js')).replayCommand,
  explain: async () => (await import('./replay.js')).explainCommand,
  conform: async () => (await import('./conform.js')).conformCommand,
  bitcoin: async () => (await import('./bitcoin.js')).bitcoinCommand,
  lecture: async () => (await import('./lecture.js')).lectureCommand,
  museum: async () => (await import('./museum.js')).museumCommand,
  lemmas: async () => (await import('./lemmas.js')).lemmasCommand,
  proofs: async () => (await import('./proofs.js')).proofsCommand
}

/** The exit code that a command has set; 0 where it has set none. */
const exitCode = (): number => Number(process.exitCode ?? 0)

/** Runs the command with these arguments; the exit code. */
export const blockforest = async (args: ReadonlyArray<string>): Promise<number> => {
  const program = new Command('blockforest')
    .description('Executable specifications of consensus: check them, replay them, hold them against real data.')
    .version(version)
    .showHelpAfterError('(blockforest --help lists the commands, blockforest COMMAND --help its options)')
    .exitOverride()
  const [first = '', second] = args
  process.exitCode = undefined
  try {
    const only = Object.hasOwn(commands, first) ? commands[first] : undefined
    if (only !== undefined) (await only(second))(program)
    else for (const add of Object.values(commands)) (await add())(program)
    await program.parseAsync(args, { from: 'user' })
    return exitCode()
  } catch (error) {
    // Help and version are asked for, not errors; commander has already printed what there is to say.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if ([UsageError, CheckpointError, ModelFault, NotPlainData, RefusedSearch].some((kind) => error instanceof kind)) {
      complain(reasonOf(error))
      return 2
    }
    if (error instanceof OutputLost) {
      complain(reasonOf(error))
      return OUTPUT_LOST
    }
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
    complain(`an error of blockforest's own; please report it with the command\n${what}`)
    return 3
  }
}
