namespace KohakuRiver.Auth;

/// <summary>An instrument of the meter, as the documentation lists it.</summary>
/// <param name="Name">The name, by the conventions of OpenTelemetry: lower case, dots between namespaces, no name that is also a
/// namespace.</param>
/// <param name="Unit">The unit, in UCUM.</param>
/// <param name="Meaning">Its description.</param>
/// <param name="Attributes">All attributes its measurements carry.</param>
internal sealed record InstrumentInfo(string Name, string Unit, string Meaning, params AttributeInfo[] Attributes);
