using System.Text.Json;

namespace KohakuRiver.Cli;

/// <summary>
/// <c>auth.json</c> as the original command line writes it, in the same place: one token, and no word about the host it is for.
/// </summary>
internal static class FormerState
{
    internal static bool IsOne(JsonElement file) =>
        file.ValueKind == JsonValueKind.Object && file.TryGetProperty("token", out _) && !file.TryGetProperty("hosts", out _);

    /// <summary>The same login in our form.</summary>
    /// <param name="file">The file.</param>
    /// <param name="host">The key of the host it is for.</param>
    /// <remarks>
    /// The token's id is left out: an import gives tokens new ids, and the old one may by now be the id of another token, which must not be
    /// revoked in its place.
    /// </remarks>
    internal static AuthState Read(JsonElement file, string host)
    {
        var state = new AuthState { IsFormer = true };
        return Text(file, "token") is { Length: > 0 } token
            ? state.With(host, new HostLogin { Token = token, TokenName = Text(file, "token_name"), Username = Text(file, "username") })
            : state;
    }

    private static string? Text(JsonElement file, string name) =>
        file.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
