using System.Reflection;
using System.Text.Json;
using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost;

/// <summary>
/// The request's body, read strictly. A parameter of this kind leaves no "accepts" mark on the endpoint, by which routing would answer 415
/// before anybody asked who is calling.
/// </summary>
internal sealed class JsonBody<T>(T value)
    where T : class
{
    public T Value { get; } = value;

    public static async ValueTask<JsonBody<T>> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        if (!context.Request.HasJsonContentType())
        {
            throw new RefusedException(new Refusal(RefusalKind.Invalid, "Send the body as application/json."), StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            return await JsonSerializer.DeserializeAsync<T>(context.Request.Body, HostJson.Options, context.RequestAborted) is { } value
                ? new JsonBody<T>(value)
                : throw new RefusedException(new Refusal(RefusalKind.Invalid, "A JSON object is needed."), StatusCodes.Status400BadRequest);
        }
        catch (JsonException e)
        {
            throw new RefusedException(Describe(e), StatusCodes.Status400BadRequest);
        }
    }

    // The reader's own words name types of this program; the place is what the caller needs.
    private static Refusal Describe(JsonException exception)
    {
        var path = exception.Path is { Length: > 2 } place && place.StartsWith("$.", StringComparison.Ordinal) ? place[2..] : null;
        return path is null
            ? new Refusal(RefusalKind.Invalid, "The body is not the JSON object this call takes.")
            : Refusal.Field(path[..Math.Min(path.Length, 100)], "This field is unknown, given twice, or not of the kind this call takes.");
    }
}
