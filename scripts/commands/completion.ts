/** `ds2p completion`: the script by which a shell completes command lines of ds2p. */
import { basename } from 'node:path';
import { type Problem, unknownName } from '../../experiments/harness/errors.js';
import type { CommandSpec } from '../command.js';
import { SHELL_SCRIPTS, SHELLS, type Shell } from '../completion/shell-scripts.js';
import { EXIT } from '../exit.js';

/** Why there is no script for `shell`, which was typed, or else is what the variable SHELL says. */
function shellProblem(typed: string | undefined, shell: string): Problem {
  if (typed !== undefined) return unknownName('shell', 'a shell known here', shell, SHELLS);
  const remedy = `Name one of ${SHELLS.join(', ')}, as "ds2p completion bash".`;
  if (shell === '') return { path: 'SHELL', fact: 'the variable is not set.', remedy };
  return { ...unknownName('SHELL', 'a shell known here', shell, SHELLS), remedy };
}

export const completionCommand: CommandSpec = {
  name: 'completion',
  describe: 'Print a script that completes ds2p in your shell',
  positional: [
    {
      name: 'shell',
      describe: `${SHELLS.join(', ')}; the one of the variable SHELL by default`,
      values: SHELLS,
    },
  ],
  options: {},
  examples: [
    ['ds2p completion bash', 'for ~/.bashrc: source <(npx ds2p completion bash)'],
    ['ds2p completion zsh', 'for ~/.zshrc, the same with zsh'],
    ['ds2p completion fish', 'for config.fish: npx ds2p completion fish | source'],
  ],
  run: async (given) => {
    const typed = given.positional('shell', { optional: true })[0];
    const shell = typed ?? basename(process.env.SHELL ?? '');
    if (!SHELLS.includes(shell as Shell)) given.problems.push(shellProblem(typed, shell));
    given.check();
    process.stdout.write(SHELL_SCRIPTS[shell as Shell]);
    return EXIT.done;
  },
};
