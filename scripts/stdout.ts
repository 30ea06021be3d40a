/** What the program tells on stdout: data, and nothing that the code of a user prints. */
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
