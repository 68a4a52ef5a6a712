using Microsoft.Extensions.Logging.Testing;

namespace KohakuRiver.Auth.AspNetCore.Tests;

internal static class LogTexts
{
    /// <summary>All that a line of the log says, its category and its exception included.</summary>
    internal static string Text(this FakeLogRecord record) => $"{record.Level} {record.Category} {record.Message} {record.Exception}";

    /// <summary>All lines so far, oldest first.</summary>
    internal static List<string> Texts(this FakeLogCollector log) => [.. log.GetSnapshot().Select(Text)];
}
