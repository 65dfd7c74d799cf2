/** ISO 3166 alpha-3 and alpha-2: the wire wants the first, the browser knows names for the second. */
const codes =
  'USA:US CAN:CA MEX:MX ARG:AR AUS:AU AUT:AT BEL:BE BRA:BR BGR:BG CHL:CL CHN:CN COL:CO CRI:CR HRV:HR CYP:CY CZE:CZ ' +
  'DNK:DK DOM:DO ECU:EC EGY:EG SLV:SV EST:EE FIN:FI FRA:FR DEU:DE GHA:GH GRC:GR GTM:GT HND:HN HKG:HK HUN:HU ISL:IS ' +
  'IND:IN IDN:ID IRL:IE ISR:IL ITA:IT JAM:JM JPN:JP JOR:JO KAZ:KZ KEN:KE KOR:KR KWT:KW LVA:LV LTU:LT LUX:LU MYS:MY ' +
  'MLT:MT MAR:MA NLD:NL NZL:NZ NGA:NG NOR:NO PAK:PK PAN:PA PRY:PY PER:PE PHL:PH POL:PL PRT:PT QAT:QA ROU:RO SAU:SA ' +
  'SRB:RS SGP:SG SVK:SK SVN:SI ZAF:ZA ESP:ES LKA:LK SWE:SE CHE:CH TWN:TW THA:TH TUN:TN TUR:TR UKR:UA ARE:AE GBR:GB ' +
  'URY:UY VNM:VN'

const names = new Intl.DisplayNames('en', { type: 'region' })

export const countries: readonly { value: string; label: string }[] = codes.split(' ').map((pair) => {
  const [value = '', alpha2 = ''] = pair.split(':')
  return { value, label: names.of(alpha2) ?? value }
})

export const countryName = (code: string) => countries.find(({ value }) => value === code)?.label ?? code

export const usStates: readonly string[] = (
  'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA ' +
  'RI SC SD TN TX UT VT VA WA WV WI WY'
).split(' ')
