using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace KohakuRiver.Auth.Tests;

/// <summary>Listens to the meter of one host, and fails at an attribute or a value that the documentation does not list.</summary>
internal sealed class MeterRecorder : IDisposable
{
    private readonly ConcurrentQueue<(string Name, string Tags, double Value)> measurements = new();
    private readonly MeterListener listener = new();

    internal MeterRecorder(AuthHarness host, params InstrumentInfo[] only)
    {
        var meter = host.Get<AuthMetrics>().Meter;
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (ReferenceEquals(instrument.Meter, meter) && (only.Length == 0 || only.Any(o => o.Name == instrument.Name)))
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();
    }

    /// <summary>What was measured on an instrument so far, as <c>value|value</c> of its attributes (in the order of the documentation) → count.</summary>
    internal Dictionary<string, int> Counts(InstrumentInfo what) =>
        measurements.Where(m => m.Name == what.Name).GroupBy(m => m.Tags, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);

    internal IReadOnlyList<double> Values(InstrumentInfo what) => [.. measurements.Where(m => m.Name == what.Name).Select(m => m.Value)];

    /// <summary>What a collection shows of an observable instrument; null where it shows nothing.</summary>
    internal double? Collect(InstrumentInfo what)
    {
        measurements.Clear();
        listener.RecordObservableInstruments();
        return Values(what) is [var value] ? value : null;
    }

    public void Dispose() => listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var declared = Instruments.All.Single(i => i.Name == instrument.Name);
        var texts = new List<string>();
        foreach (var attribute in declared.Attributes)
        {
            foreach (var tag in tags)
            {
                if (tag.Key == attribute.Name)
                {
                    Assert.Contains((string)tag.Value!, attribute.Values);
                    texts.Add((string)tag.Value!);
                }
            }
        }

        Assert.Equal(declared.Attributes.Length, tags.Length);
        Assert.Equal(declared.Attributes.Length, texts.Count);
        measurements.Enqueue((instrument.Name, string.Join('|', texts), value));
    }
}
