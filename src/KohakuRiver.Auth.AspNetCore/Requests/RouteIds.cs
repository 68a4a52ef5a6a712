using System.Globalization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Ids in addresses: plain decimal digits from 1 to 2^53 - 1. Anything else names nothing (404).</summary>
internal static class RouteIds
{
    internal static bool TryParse(string text, out long id) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id) && id is >= 1 and <= FieldRules.LargestInteger;
}
