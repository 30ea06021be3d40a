/** `ds2p completion`: the script by which a shell completes command lines of ds2p. */
import { basename } from 'node:path';
import { unknownName } from '../../experiments/harness/errors.js';
import type { CommandSpec } from '../command.js';
import { SHELL_SCRIPTS, SHELLS, type Shell } from '../completion/shell-scripts.js';
import { EXIT } from '../exit.js';

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
    if (!SHELLS.includes(shell as Shell))
      given.problems.push({
        ...unknownName(typed === undefined ? 'SHELL' : 'shell', 'a shell known here', shell, SHELLS),
        ...(typed === undefined ? { remedy: 'Name one, as "ds2p completion bash".' } : {}),
      });
    given.check();
    process.stdout.write(SHELL_SCRIPTS[shell as Shell]);
    return EXIT.done;
  },
};
