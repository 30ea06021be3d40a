/** Figures of a folder for which none is made, with what a reader may choose in them. */
import { ownFigures } from '../own-experiments.js';
import type { FolderData } from '../rows.js';
import type { ChoiceFigure } from './page-data.js';

/** @param path the name under which the page has the folder's summary. */
export const explorers = (path: string, folder: FolderData): readonly ChoiceFigure[] =>
  ownFigures(folder).map(({ name, ...figure }) => ({ ...figure, id: name, folders: [path] }));
