namespace KohakuRiver.Auth;

/// <summary>An activity of the source, as the documentation lists it.</summary>
/// <param name="Name">The name of the span.</param>
/// <param name="Meaning">What it spans.</param>
/// <param name="Attributes">All attributes it may carry.</param>
internal sealed record ActivityInfo(string Name, string Meaning, params AttributeInfo[] Attributes);
