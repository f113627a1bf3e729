/**
 * Systems: the catalogue, and what makes a system of one's own. (`blockforest/systems`)
 */
export { catalogue, nameOf, systemCalled } from './catalogue.js'
export { checkCommandOf } from './checkCommand.js'
export {
  conclusionText,
  missedChance,
  missedText,
  neverText,
  propertiesText,
  vacuousText,
  violatedText
} from './conclusionText.js'
export { defineNetwork, defineSystem } from './define.js'
export type { NetworkDefinition, SoughtState, SystemDefinition } from './define.js'
export { labelled, line, linesOf, section, treeOf } from './document.js'
export type { Document, Piece, TreeNode } from './document.js'
export { faultsOf } from './faults.js'
export {
  changesOf,
  choice,
  count,
  decodeForm,
  entriesOf,
  flagsOf,
  group,
  initialOf,
  optionalChoice,
  optionalCount,
  parseEntry,
  text,
  toggle,
  valueAt,
  quoted,
  withFlags
} from './form.js'
export type { Control, Entry, Field, Form, Group, Only, OptionalField } from './form.js'
export { framesOf } from './frames.js'
export type { Frame } from './frames.js'
export { networkShow } from './networkShow.js'
export type { NetworkWords } from './networkShow.js'
export { placeName } from './picture.js'
export type {
  BlockKind,
  ForestBlock,
  ForestPicture,
  ForestTree,
  GridCell,
  GridPicture,
  GridRow,
  NetworkNode,
  NetworkPacket,
  NetworkPicture,
  Place,
  StackAccount,
  StackFrame,
  StackPicture,
  StatePicture
} from './picture.js'
export { recordedIn } from './recorded.js'
export { executionText, faultText, stepsOf, verdictLines } from './show.js'
export type { Presentation, Show } from './show.js'
export { twinsShow } from './twinsShow.js'
export { sourceOf, systemFrom } from './source.js'
export type { SubjectReference } from './source.js'
export { anySubject, anySystem, verdictOf } from './system.js'
export type {
  AnySubject,
  AnySystem,
  Expected,
  Found,
  InductionBase,
  Mirrored,
  Mutant,
  PremiseMet,
  Preset,
  RandomRuns,
  Recording,
  Sizes,
  Subject,
  System,
  Unexpected,
  Witnesses,
  WitnessName
} from './system.js'
