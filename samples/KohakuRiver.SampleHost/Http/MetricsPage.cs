using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost;

/// <summary>
/// What the library measures, as text in the form Prometheus reads: for looking at it without a collector. A host in earnest exports the meter with
/// OpenTelemetry instead.
/// </summary>
internal sealed class MetricsPage : IDisposable
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<(string Name, string Labels), Series> all = [];
    private readonly MeterListener listener = new();

    public MetricsPage(IMeterFactory meters)
    {
        // The factory is the scope of this host's meter: another host in the process has one of its own.
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == KohakuAuthDiagnostics.Name && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();
    }

    public string Write()
    {
        lock (gate)
        {
            // What is not told at this collection is not known now.
            foreach (var key in all.Where(s => s.Value.Instrument.IsObservable).Select(s => s.Key).ToList())
            {
                all.Remove(key);
            }
        }

        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        lock (gate)
        {
            foreach (var one in all.GroupBy(s => s.Key.Name, StringComparer.Ordinal))
            {
                var instrument = one.First().Value.Instrument;
                var kind = instrument is Histogram<double> ? "histogram" : instrument.IsObservable ? "gauge" : "counter";
                text.Append(CultureInfo.InvariantCulture, $"# HELP {one.Key} {instrument.Description}\n# TYPE {one.Key} {kind}\n");
                foreach (var (key, series) in one)
                {
                    series.Write(text, one.Key, key.Labels);
                }
            }
        }

        return text.ToString();
    }

    public void Dispose() => listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new StringBuilder();
        foreach (var (name, said) in tags)
        {
            labels.Append(labels.Length > 0 ? "," : "").Append(name.Replace('.', '_')).Append("=\"").Append(said).Append('"');
        }

        var key = (NameOf(instrument), labels.ToString());
        lock (gate)
        {
            if (!all.TryGetValue(key, out var series))
            {
                all.Add(key, series = new Series(instrument));
            }

            series.Add(value);
        }
    }

    private static string NameOf(Instrument instrument) =>
        instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "") + (instrument is Counter<long> ? "_total" : "");

    /// <summary>The measurements with the same attributes.</summary>
    private sealed class Series(Instrument instrument)
    {
        private readonly double[] bounds = [.. (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? []];
        private readonly long[] buckets = new long[((instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries?.Count ?? 0) + 1];
        private double sum;

        public Instrument Instrument => instrument;

        public void Add(double value)
        {
            sum += value;
            var found = Array.BinarySearch(bounds, value);
            buckets[found >= 0 ? found : ~found]++;
        }

        public void Write(StringBuilder text, string name, string labels)
        {
            if (instrument is not Histogram<double>)
            {
                Line("", labels, sum);
                return;
            }

            var below = 0L;
            for (var i = 0; i < buckets.Length; i++)
            {
                below += buckets[i];
                Line("_bucket", With($"le=\"{(i < bounds.Length ? bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf")}\""), below);
            }

            Line("_sum", labels, sum);
            Line("_count", labels, below);

            string With(string label) => labels.Length > 0 ? $"{labels},{label}" : label;

            void Line(string suffix, string among, double value) =>
                text.Append(name).Append(suffix).Append(among.Length > 0 ? $"{{{among}}}" : "").Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
        }
    }
}
