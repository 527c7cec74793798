// Styles as Chromium 109 reads them. The plugin knows most of the platform; what came after 109 and it does not know is named here.
const functions = ["color-mix", "light-dark", "oklch", "oklab", "lch", "lab", "color", "linear", "round", "mod", "rem", "sin", "cos", "tan",
  "sqrt", "pow", "exp", "log", "hypot", "abs", "sign", "anchor", "anchor-size", "calc-size", "scroll", "view", "if", "sibling-index"];
const properties = ["text-wrap", "text-wrap-mode", "text-wrap-style", "field-sizing", "interpolate-size", "animation-timeline", "scroll-timeline",
  "view-timeline", "view-transition-name", "anchor-name", "position-anchor", "position-area", "text-box", "text-box-trim", "scrollbar-color",
  "scrollbar-width", "white-space-collapse", "initial-letter", "transition-behavior", "font-size-adjust", "zoom", "offset-position"];
const selectors = [/:user-(in)?valid/, /:state\(/, /:popover-open/, /:open\b/, /:nth-(last-)?child\([^)]*\bof\b/, /::details-content/, /(^|\s)&/];

export default {
  plugins: ["stylelint-no-unsupported-browser-features"],
  rules: {
    "plugin/no-unsupported-browser-features": [true, { ignorePartialSupport: true }],
    "function-disallowed-list": functions,
    "property-disallowed-list": properties,
    "selector-disallowed-list": selectors,
    "at-rule-disallowed-list": ["starting-style", "scope", "view-transition", "position-try", "function"],
    "unit-disallowed-list": ["rcap", "rch", "rex", "ric", "lh", "rlh"],
  },
};
