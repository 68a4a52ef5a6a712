namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Endpoint metadata: what a success looks like, for the OpenAPI document.</summary>
/// <param name="Example">The body; of a list one row.</param>
/// <param name="IsList">Whether the body is a list of such rows.</param>
internal sealed record SuccessMetadata(object Example, bool IsList = false)
{
    internal string Description { get; init; } = "Done.";
}
