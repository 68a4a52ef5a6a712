using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Endpoint metadata: what a form may send. Everything else is refused.</summary>
/// <param name="Shape">Its fields.</param>
/// <param name="OnlyOnce">Whether sending the same form again is refused, because it would make a second secret.</param>
/// <param name="StepUp">Whether it may come by way of <see cref="StepUpForm"/>.</param>
/// <param name="Again">
/// Shows the form's page with what was typed, and changes nothing; null for a form that holds nothing to type, whose sender is told to
/// reload.
/// </param>
internal sealed record FormRules(FormShape Shape, bool OnlyOnce, bool StepUp, RequestDelegate? Again)
{
    /// <summary>The fields that a form with these may have: its own, or those of one of the two that stand for it.</summary>
    internal FormShape ShapeOf(ICollection<string> names) =>
        Again is not null && names.Contains(ReturnForm.Field) ? ReturnForm.Shape
        : StepUp && names.Contains(StepUpForm.Field) ? StepUpForm.Shape
        : Shape;
}
