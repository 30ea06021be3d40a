/**
 * fast-check with one seed for all properties, so that tests try the same cases wherever they run and a change that
 * breaks none of them never fails. FC_SEED=<seed> tries others, and repeats a failure that others have led to.
 */
import fc from 'fast-check';

const { FC_SEED } = process.env;
fc.configureGlobal({ seed: Number(FC_SEED ?? 20_240_507) });

/** Whether the cases are those of every day, of which a test may say what they hold. */
export const isUsualSeed = FC_SEED === undefined;

export { fc };
