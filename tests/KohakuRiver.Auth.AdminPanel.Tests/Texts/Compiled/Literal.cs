using System.Reflection;

namespace KohakuRiver.Auth.AdminPanel.Tests.Texts.Compiled;

/// <summary>A text of a compiled method, and what becomes of it.</summary>
/// <param name="Type">The outermost type that it stands in; for a page, its name.</param>
/// <param name="Text">The text; null for one that is put together while the program runs.</param>
/// <param name="Taker">The method that takes it; null where it is returned or kept.</param>
/// <param name="Place">The number of its parameter there.</param>
/// <param name="Call">Tells the calls apart: texts of the same one belong together.</param>
internal sealed record Literal(Type Type, string? Text, MethodBase? Taker, int Place, string Call)
{
    /// <summary>Whether it is what is wrong with something, said to programmers.</summary>
    internal bool IsOfAnException => Taker is ConstructorInfo { DeclaringType: { } type } && type.IsAssignableTo(typeof(Exception));

    /// <summary>Whether a method of this name takes it.</summary>
    internal bool GoesTo(Type type, string method) => Taker?.Name == method && Taker.DeclaringType == type;
}
