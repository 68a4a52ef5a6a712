namespace KohakuRiver.Auth.AspNetCore;

/// <summary>A header of an answer, for the OpenAPI document. As endpoint metadata: of a success.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it says.</param>
/// <param name="IsInteger">Whether its value is a whole number instead of a text.</param>
internal sealed record HeaderMetadata(string Name, string Description, bool IsInteger = false);
