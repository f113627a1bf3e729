/** What the types of Vue do not have: the values of a box that is checked or not. */
export {}

declare module 'vue' {
  interface InputHTMLAttributes {
    'true-value'?: string
    'false-value'?: string
  }
}
