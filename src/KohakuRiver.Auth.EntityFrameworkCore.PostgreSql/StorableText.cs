using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;

/// <summary>
/// PostgreSQL refuses text with NUL, and the driver text with lone surrogates. What is stored is checked before it
/// comes here; what is only looked up, a name at login or a search, must find nothing instead of failing.
/// </summary>
internal sealed class StorableText : DbCommandInterceptor
{
    /// <inheritdoc />
    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
    {
        foreach (DbParameter parameter in result.Parameters)
        {
            if (parameter.Value is string text)
            {
                if (!IsStorable(text))
                {
                    parameter.Value = Storable(text);
                }
            }
            else if (parameter.Value is IEnumerable<string?> texts && texts.Any(t => t is not null && !IsStorable(t)))
            {
                parameter.Value = texts.Select(t => t is null ? null : Storable(t)).ToArray();
            }
        }

        return result;
    }

    // Whole pairs of surrogates are fine, and stay as they are below.
    private static bool IsStorable(string text) => !text.Contains('\0') && text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0;

    private static string Storable(string text) => string.Concat(text.EnumerateRunes()).Replace('\0', '\uFFFD');
}
