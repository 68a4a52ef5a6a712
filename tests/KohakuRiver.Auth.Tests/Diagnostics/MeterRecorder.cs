using System.Diagnostics.Metrics;
using System.Numerics;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace KohakuRiver.Auth.Tests;

/// <summary>Collects all instruments of one host, and fails at an attribute or a value that the documentation does not list.</summary>
internal sealed class MeterRecorder : IDisposable
{
    private readonly Instruments<long> counters;
    private readonly Instruments<int> counts;
    private readonly Instruments<double> times;

    internal MeterRecorder(AuthHarness host)
    {
        var meter = host.Get<AuthMetrics>().Meter;
        (counters, counts, times) = (new(meter), new(meter), new(meter));
    }

    /// <summary>
    /// What was measured on an instrument so far, as <c>value|value</c> of its attributes (in the order of the documentation) → count.
    /// </summary>
    internal Dictionary<string, int> Counts(InstrumentInfo what) =>
        Of(what).GroupBy(m => m.Tags, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);

    internal IReadOnlyList<double> Values(InstrumentInfo what) => [.. Of(what).Select(m => m.Value)];

    /// <summary>What a collection shows of an observable instrument; null where it shows nothing.</summary>
    internal double? Collect(InstrumentInfo what)
    {
        counts.Collect(what);
        times.Collect(what);
        return Values(what) is [var value] ? value : null;
    }

    public void Dispose()
    {
        counters.Dispose();
        counts.Dispose();
        times.Dispose();
    }

    /// <summary>Holds the measurements of all instruments to the documentation, whichever is asked for.</summary>
    private IEnumerable<(string Tags, double Value)> Of(InstrumentInfo what) =>
        counters.Read().Concat(counts.Read()).Concat(times.Read()).ToLookup(m => m.What, m => (m.Tags, m.Value))[what];

    /// <summary>A collector takes measurements of one type of number, and an instrument has one.</summary>
    private sealed class Instruments<T>(Meter meter) : IDisposable
        where T : struct, INumber<T>
    {
        private readonly Dictionary<InstrumentInfo, MetricCollector<T>> all =
            Instruments.All.ToDictionary(what => what, what => new MetricCollector<T>(meter, what.Name));

        internal void Collect(InstrumentInfo what)
        {
            all[what].Clear();
            all[what].RecordObservableInstruments();
        }

        internal IEnumerable<(InstrumentInfo What, string Tags, double Value)> Read() =>
            all.SelectMany(a => a.Value.GetMeasurementSnapshot(), (a, m) => (a.Key, Tags(a.Key, m.Tags), double.CreateChecked(m.Value)));

        public void Dispose()
        {
            foreach (var collector in all.Values)
            {
                collector.Dispose();
            }
        }

        private static string Tags(InstrumentInfo what, IReadOnlyDictionary<string, object?> tags)
        {
            Assert.Equal(what.Attributes.Select(a => a.Name).Order(StringComparer.Ordinal), tags.Keys.Order(StringComparer.Ordinal));
            Assert.All(what.Attributes, a => Assert.Contains((string)tags[a.Name]!, a.Values));
            return string.Join('|', what.Attributes.Select(a => tags[a.Name]));
        }
    }
}
