import {
  type ButtonProps,
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
} from '@mantine/core'

/**
 * The only place with colours. Each tuple has the brand table's light-theme value at step 6 and its
 * dark-theme value at step 4: those are the steps that Mantine takes for the two schemes.
 */
const pasture: MantineColorsTuple = [
  '#F1F8F4',
  '#E0F0E7',
  '#BFE0CE',
  '#92D0B0',
  '#62C998',
  '#2F8F62',
  '#1F6F4A',
  '#195C3D',
  '#144A32',
  '#0E3524',
]
const ember: MantineColorsTuple = [
  '#FDF4F3',
  '#FAE5E2',
  '#F5CCC7',
  '#F3ACA4',
  '#F08A80',
  '#CC4E42',
  '#B3362B',
  '#962C23',
  '#78231C',
  '#541813',
]
const wheat: MantineColorsTuple = [
  '#FCF7EC',
  '#F7EBD0',
  '#F0DCAE',
  '#EACA86',
  '#E4B45C',
  '#A87009',
  '#8A5A00',
  '#734B00',
  '#5C3C00',
  '#402A00',
]
const sky: MantineColorsTuple = [
  '#F2F6FC',
  '#E1EBF8',
  '#C4D8F3',
  '#A6C6F1',
  '#8AB4F0',
  '#4479BF',
  '#2A5FA8',
  '#224E8B',
  '#1B3F70',
  '#132C4F',
]
const gray: MantineColorsTuple = [
  '#FBFAF7',
  '#F4F2EC',
  '#E7E4DC',
  '#D8D4C9',
  '#C2BEB1',
  '#8B8F86',
  '#5B6259',
  '#464C45',
  '#2F342E',
  '#1B1F1A',
]
const dark: MantineColorsTuple = [
  '#ECEFE9',
  '#C9CEC5',
  '#A3ABA0',
  '#8A9287',
  '#2C312A',
  '#242922',
  '#1A1D19',
  '#121411',
  '#0D0F0C',
  '#080907',
]
/** The second pair for gains and losses, for eyes that do not part green from red. */
const gainBlue = { light: '#1F5FA8', dark: '#7FB3F5' }
const lossOrange = { light: '#A8500B', dark: '#F2A25C' }

const font =
  "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

export const theme = createTheme({
  colors: { pasture, ember, wheat, sky, gray, dark, red: ember },
  primaryColor: 'pasture',
  primaryShade: { light: 6, dark: 4 },
  // Dark fills are light colours: what stands on them is dark.
  variantColorResolver(input) {
    const colors = defaultVariantColorsResolver(input)
    return input.variant === 'filled' ? { ...colors, color: 'var(--paddock-on-fill)' } : colors
  },
  white: '#FFFFFF',
  black: '#1B1F1A',
  fontFamily: font,
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace",
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '1rem', lg: '1.25rem', xl: '1.75rem' },
  lineHeights: { xs: '1.4', sm: '1.5', md: '1.5', lg: '1.35', xl: '1.25' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '4px', sm: '6px', md: '10px', lg: '10px', xl: '999px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  shadows: {
    md: '0 4px 16px rgb(27 31 26 / 0.10)',
    xl: '0 12px 40px rgb(27 31 26 / 0.18)',
  },
  headings: {
    fontFamily: font,
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.75rem', lineHeight: '1.25' },
      h2: { fontSize: '1.25rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.5' },
    },
  },
  components: {
    Button: {
      vars: (_theme: unknown, { size }: ButtonProps) => ({
        root: String(size).startsWith('compact') ? {} : { '--button-height': 'var(--paddock-control)' },
      }),
    },
    Input: { vars: () => ({ wrapper: { '--input-height': 'var(--paddock-control)' } }) },
    InputWrapper: {
      styles: { label: { marginBottom: 6 }, description: { marginBottom: 6 }, error: { marginTop: 6 } },
    },
    Checkbox: { defaultProps: { iconColor: 'var(--paddock-on-fill)' } },
    Radio: { defaultProps: { iconColor: 'var(--paddock-on-fill)' } },
    Anchor: { defaultProps: { underline: 'hover' } },
    Drawer: { defaultProps: { transitionProps: { duration: 150 } }, styles: { title: { fontWeight: 650 } } },
    Modal: {
      defaultProps: { transitionProps: { duration: 150 }, centered: true },
      styles: { title: { fontWeight: 650 } },
    },
    Menu: { defaultProps: { transitionProps: { duration: 120 }, shadow: 'md', position: 'bottom-end' } },
    SegmentedControl: { defaultProps: { transitionDuration: 150 } },
  },
})

/** What Mantine's own variables cannot say: surfaces, hairlines, muted text, gain and loss. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': gray[0],
    '--mantine-color-text': gray[9],
    '--mantine-color-dimmed': gray[6],
    '--mantine-color-placeholder': '#6C7369',
    '--mantine-color-error': ember[6],
    '--mantine-color-default-border': gray[2],
    '--mantine-color-disabled-color': '#6C7369',
    '--mantine-color-pasture-light-color': pasture[6],
    '--paddock-on-fill': '#FFFFFF',
    '--paddock-surface': '#FFFFFF',
    '--paddock-sunken': gray[1],
    '--paddock-line': gray[2],
    '--paddock-field-line': '#8B8F86',
    '--paddock-gain': pasture[6],
    '--paddock-loss': ember[6],
    '--paddock-gain-blue': gainBlue.light,
    '--paddock-loss-orange': lossOrange.light,
    '--paddock-strip': wheat[1],
    '--paddock-strip-text': wheat[7],
  },
  dark: {
    '--mantine-color-body': dark[7],
    '--mantine-color-text': dark[0],
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-placeholder': dark[3],
    '--mantine-color-error': ember[4],
    '--mantine-color-default-border': dark[4],
    '--mantine-color-default-color': dark[0],
    '--mantine-color-disabled': dark[5],
    '--mantine-color-disabled-color': dark[3],
    '--mantine-color-pasture-light': '#1E3428',
    '--mantine-color-pasture-light-hover': '#254131',
    '--mantine-color-pasture-light-color': pasture[4],
    '--mantine-color-ember-light': '#3A2320',
    '--mantine-color-wheat-light': '#33290F',
    '--mantine-color-sky-light': '#1F2C3F',
    '--mantine-color-pasture-filled-hover': pasture[3],
    '--paddock-on-fill': dark[8],
    '--paddock-surface': dark[6],
    '--paddock-sunken': dark[5],
    '--paddock-line': dark[4],
    '--paddock-field-line': '#6B7367',
    '--paddock-gain': pasture[4],
    '--paddock-loss': ember[4],
    '--paddock-gain-blue': gainBlue.dark,
    '--paddock-loss-orange': lossOrange.dark,
    '--paddock-strip': '#2B2415',
    '--paddock-strip-text': wheat[4],
  },
})
