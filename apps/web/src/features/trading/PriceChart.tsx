import type { Bars } from '@paddock/platform-wire'
import {
  AreaSeries,
  ColorType,
  createChart,
  type IChartApi,
  LineStyle,
  type UTCTimestamp,
} from 'lightweight-charts'
import { useEffect, useRef } from 'react'
import { dateTimeInWords, timeInWords } from '../../ui/time.ts'
import { readChartColors, withAlpha } from './chart-theme.ts'
import classes from './PriceChart.module.css'

interface PriceChartProps {
  bars: Bars['bars']
  /** Intraday ranges have times on the axis, longer ones days. */
  isIntraday: boolean
  /** Changes when the colours do, so that the canvas is drawn again. */
  scheme: string
  label: string
}

const secondsOf = (timestamp: string) => Math.floor(Date.parse(timestamp) / 1000) as UTCTimestamp

/** Closing prices as a line; the table view says the same in words. */
export function PriceChart({ bars, isIntraday, scheme, label }: PriceChartProps) {
  const holder = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `scheme` stands for the colours that are read from the page
  useEffect(() => {
    if (holder.current === null) return
    const chart = drawChart(holder.current, bars, isIntraday)
    return () => chart.remove()
  }, [bars, isIntraday, scheme])
  return <div ref={holder} role="img" aria-label={label} className={classes.chart} />
}

function drawChart(holder: HTMLDivElement, bars: Bars['bars'], isIntraday: boolean): IChartApi {
  const colors = readChartColors()
  const chart = createChart(holder, {
    autoSize: true,
    handleScroll: false,
    handleScale: false,
    layout: {
      background: { type: ColorType.Solid, color: 'transparent' },
      textColor: colors.text,
      fontFamily: colors.font,
      attributionLogo: false,
    },
    grid: { vertLines: { visible: false }, horzLines: { color: colors.line } },
    rightPriceScale: { borderVisible: false, scaleMargins: { top: 0.12, bottom: 0.08 } },
    timeScale: {
      borderColor: colors.line,
      timeVisible: isIntraday,
      secondsVisible: false,
      fixLeftEdge: true,
      fixRightEdge: true,
    },
    crosshair: {
      vertLine: { style: LineStyle.Dashed, labelVisible: true },
      horzLine: { style: LineStyle.Dashed },
    },
    // Some browsers name a language that Intl refuses, and the chart would take it.
    localization: { locale: 'en-US', timeFormatter: (time: UTCTimestamp) => wordsOf(time) },
  })
  const first = Number(bars[0]?.open ?? 0)
  const last = Number(bars.at(-1)?.close ?? 0)
  const color = last >= first ? colors.gain : colors.loss
  const series = chart.addSeries(AreaSeries, {
    lineColor: color,
    topColor: withAlpha(color, 18),
    bottomColor: withAlpha(color, 0),
    lineWidth: 2,
    priceLineStyle: LineStyle.Dotted,
    priceFormat: { type: 'price', ...decimalsFor(last) },
  })
  if (isIntraday) {
    chart.applyOptions({ timeScale: { tickMarkFormatter: (time: UTCTimestamp) => shortWordsOf(time) } })
  }
  series.setData(bars.map((bar) => ({ time: secondsOf(bar.at), value: Number(bar.close) })))
  chart.timeScale().fitContent()
  return chart
}

const isoOf = (time: UTCTimestamp) =>
  new Intl.DateTimeFormat('sv-SE', isoParts).format(time * 1000).replace(' ', 'T')
const isoParts: Intl.DateTimeFormatOptions = {
  timeZone: 'UTC',
  dateStyle: 'short',
  timeStyle: 'medium',
}
const wordsOf = (time: UTCTimestamp) => dateTimeInWords(`${isoOf(time)}Z`)
const shortWordsOf = (time: UTCTimestamp) => timeInWords(`${isoOf(time)}Z`).replace(' ET', '')

/** Prices on the axis: cents for most, more for what costs less than a dollar. Drawing only, not money. */
function decimalsFor(price: number) {
  return price < 1 ? { precision: 6, minMove: 0.000001 } : { precision: 2, minMove: 0.01 }
}
