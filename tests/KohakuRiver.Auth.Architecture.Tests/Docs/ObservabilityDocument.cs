using System.Diagnostics.Metrics;
using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.Architecture.Tests.Docs;

/// <summary>
/// <c>docs/generated/instruments.md</c>, made from what the code declares.
/// </summary>
internal static class ObservabilityDocument
{
    /// <summary>A log message of a library.</summary>
    internal sealed record LogMessage(int Id, string Name, LogLevel Level, string Text, string Where);

    /// <summary>The log messages of all libraries, by id.</summary>
    internal static IReadOnlyList<LogMessage> LogMessages { get; } =
    [
        .. from type in Libraries.Types
           from method in type.GetMethods(
               BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
           let message = method.GetCustomAttribute<LoggerMessageAttribute>()
           where message is not null
           orderby message.EventId
           select new LogMessage(
               message.EventId, message.EventName ?? method.Name, message.Level, message.Message, type.Assembly.GetName().Name!),
    ];

    /// <summary>The instruments that a host publishes.</summary>
    internal static IReadOnlyList<Instrument> Published()
    {
        using var services = new ServiceCollection().AddLogging().AddKohakuAuth().UseInMemoryStores().Services.BuildServiceProvider();
        var meter = services.GetRequiredService<AuthMetrics>().Meter;
        _ = services.GetRequiredService<MetricsSampler>();
        var published = new List<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (ReferenceEquals(instrument.Meter, meter))
                {
                    published.Add(instrument);
                }
            },
        };
        listener.Start();
        return published;
    }

    internal static string Write() => $"""
        # Instruments, activities, log messages

        Written from the code; do not edit it by hand. [Observability](../observability.md) explains what to do with them.

        ## Instruments

        {Instruments()}
        ## Activities

        {Activities()}
        ## Log messages

        {Logs()}
        """.TrimEnd() + "\n";

    private static string Instruments()
    {
        var kinds = Published().ToDictionary(i => i.Name, KindOf, StringComparer.Ordinal);
        var text = new StringBuilder("| Instrument | Kind, unit | What | Attributes |\n| --- | --- | --- | --- |\n");
        foreach (var one in Auth.Instruments.All)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{one.Name}` | {kinds[one.Name]}, `{one.Unit}` | {one.Meaning} | {Attributes(one.Attributes)} |\n");
        }

        return text.ToString();
    }

    private static string Activities()
    {
        var text = new StringBuilder("| Activity | What | Attributes |\n| --- | --- | --- |\n");
        foreach (var one in Auth.Activities.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{one.Name}` | {one.Meaning} | {Attributes(one.Attributes)} |\n");
        }

        return text.ToString();
    }

    private static string Logs()
    {
        var text = new StringBuilder("| Id | Name | Level | Message | Package |\n| --- | --- | --- | --- | --- |\n");
        foreach (var one in LogMessages)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {one.Id} | `{one.Name}` | {one.Level} | {one.Text} | `{one.Where}` |\n");
        }

        return text.ToString();
    }

    private static string Attributes(AttributeInfo[] attributes) => attributes.Length == 0
        ? "–"
        : string.Join("; ", attributes.Select(a =>
            $"`{a.Name}`: {(a.Values.Count > 0 ? string.Join(", ", a.Values.Select(v => $"`{v}`")) : a.Meaning)}"));

    private static string KindOf(Instrument instrument) => instrument switch
    {
        Counter<long> => "counter",
        Histogram<double> => "histogram",
        ObservableUpDownCounter<int> => "up-down counter",
        ObservableGauge<double> => "gauge",
        _ => throw new InvalidOperationException($"The table has no word for {instrument.GetType()}."),
    };
}
