/** A decision of a policy that the simulation cannot carry out. */
export class PolicyError extends Error {
  constructor(policy: string, time: number, about: string, reason: string) {
    super(`policy "${policy}" at t = ${time} s, ${about}: ${reason}`);
    this.name = 'PolicyError';
  }
}
