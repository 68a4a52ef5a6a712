using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost;

/// <summary>
/// Refuses addresses with NUL in them, on every route of the host. Nobody means that character, and databases differ in what they do with it:
/// PostgreSQL fails.
/// </summary>
internal static class TextHygiene
{
    public static void UseTextHygiene(this WebApplication app) => app.Use(static (context, next) =>
        FieldAtFault(context.Request) is { } field
            ? Answers.Refused(Refusal.Field(field, "NUL characters are not allowed.")).ExecuteAsync(context)
            : next(context));

    private static string? FieldAtFault(HttpRequest request)
    {
        if (HoldsNul(request.Path.Value))
        {
            return "path";
        }

        foreach (var (name, values) in request.Query)
        {
            if (HoldsNul(name))
            {
                return "query";
            }

            if (values.Any(HoldsNul))
            {
                return name;
            }
        }

        return null;
    }

    private static bool HoldsNul(string? text) => text?.Contains('\0', StringComparison.Ordinal) == true;
}
