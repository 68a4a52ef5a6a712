using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace KohakuRiver.Auth.AdminPanel.Tests.Texts.Compiled;

/// <summary>
/// All texts of an assembly with who takes them. What the compilers made of C# and of pages is read, so that nothing has to be known about
/// how either is written.
/// </summary>
internal sealed class Literals
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // Variables on the way from a text to its taker.
    private const int Most = 40;

    private readonly MethodBase method;
    private readonly List<Instruction> code;
    private readonly Dictionary<int, int> places;

    private Literals(MethodBase method)
    {
        this.method = method;
        code = Instruction.Of(method);
        places = code.Select((c, i) => (c.Offset, i)).ToDictionary(c => c.Offset, c => c.i);
    }

    internal static IReadOnlyList<Literal> Of(Assembly assembly) =>
        [.. assembly.GetTypes()
            .SelectMany(t => t.GetMethods(Everything).Concat<MethodBase>(t.GetConstructors(Everything)))
            .SelectMany(m => new Literals(m).Find())];

    private IEnumerable<Literal> Find()
    {
        for (var i = 0; i < code.Count; i++)
        {
            var text = code[i].Code == OpCodes.Ldstr ? method.Module.ResolveString(code[i].Operand) : null;
            if (text is not null || (CalledBy(code[i]) is { } maker && PutsTogether(maker)))
            {
                var (taker, place, at) = text is null ? Follow(i + 1, 0, Most) : End(Follow(i + 1, 0, Most));
                yield return new Literal(Outermost(method.DeclaringType!), text, taker, place, Name(at));
            }
        }
    }

    // A piece of a text goes where the text goes.
    private (MethodBase? Taker, int Place, int At) End((MethodBase? Taker, int Place, int At) first)
    {
        if (first.Taker is not { } taker || !places.TryGetValue(first.At, out var i))
        {
            return first;
        }

        if (taker.DeclaringType == typeof(DefaultInterpolatedStringHandler))
        {
            i = code.FindIndex(i, c => CalledBy(c) is { } called && PutsTogether(called));
            return i < 0 ? first : End(Follow(i + 1, 0, Most));
        }

        return PutsTogether(taker) ? End(Follow(i + 1, 0, Most)) : first;
    }

    private string Name(int at) =>
        string.Create(CultureInfo.InvariantCulture, $"{method.Module.MetadataToken}:{method.MetadataToken}:{at}");

    private static bool PutsTogether(MethodBase maker) =>
        (
            maker.DeclaringType == typeof(DefaultInterpolatedStringHandler)
                && maker.Name == nameof(DefaultInterpolatedStringHandler.ToStringAndClear))
        || (maker.DeclaringType == typeof(string) && maker.Name is nameof(string.Concat) or nameof(string.Format) or nameof(string.Create));

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    // From one instruction to the next until one takes the value, with so many values on top of it.
    private (MethodBase? Taker, int Place, int At) Follow(int i, int above, int most)
    {
        while (i < code.Count)
        {
            var now = code[i];
            if (now.Code == OpCodes.Br || now.Code == OpCodes.Br_S)
            {
                i = places[now.Operand];
                continue;
            }

            if (now.Code == OpCodes.Dup && above == 0)
            {
                i++;
                continue;
            }

            var called = CalledBy(now);
            var taken = called is null ? Pops(now.Code) : CountOf(called, now.Code);
            if (taken > above)
            {
                return called is null ? Kept(i, most)
                    : called.DeclaringType?.Name == "RuntimeHelpers" && called.Name == "TypeCheck" ? Follow(i + 1, 0, most)
                    : (called, taken - 1 - above - (IsOnAnObject(called, now.Code) ? 1 : 0), now.Offset);
            }

            above += (called is null ? Pushes(now.Code) : Gives(called, now.Code) ? 1 : 0) - taken;
            i++;
        }

        return (null, 0, -1);
    }

    // What is put into a variable is taken by whoever reads that.
    private (MethodBase? Taker, int Place, int At) Kept(int i, int most)
    {
        if (Variable(code[i], isRead: false) is not { } variable || most == 0)
        {
            return (null, 0, code[i].Offset);
        }

        var reader = code.FindIndex(i + 1, c => Variable(c, isRead: true) == variable);
        return reader < 0 ? (null, 0, code[i].Offset) : Follow(reader + 1, 0, most - 1);
    }

    private static int? Variable(Instruction instruction, bool isRead)
    {
        var name = instruction.Code.Name!;
        var verb = isRead ? "ldloc" : "stloc";
        return !name.StartsWith(verb, StringComparison.Ordinal) ? null
            : name.Length == verb.Length + 2 && char.IsAsciiDigit(name[^1]) ? name[^1] - '0'
            : instruction.Operand;
    }

    private MethodBase? CalledBy(Instruction instruction)
    {
        if (instruction.Code.OperandType != OperandType.InlineMethod || instruction.Code == OpCodes.Ldftn
            || instruction.Code == OpCodes.Ldvirtftn)
        {
            return null;
        }

        var ofMethod = method is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericArguments() : null;
        var ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        return method.Module.ResolveMethod(instruction.Operand, ofType, ofMethod);
    }

    private static bool IsOnAnObject(MethodBase called, OpCode how) => !called.IsStatic && how != OpCodes.Newobj;

    private static int CountOf(MethodBase called, OpCode how) => called.GetParameters().Length + (IsOnAnObject(called, how) ? 1 : 0);

    private static bool Gives(MethodBase called, OpCode how) =>
        how == OpCodes.Newobj || (called is MethodInfo method && method.ReturnType != typeof(void));

    private static int Pops(OpCode code) => code.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref or StackBehaviour.Varpop => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8
            or StackBehaviour.Popi_popr4 or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        _ => 3,
    };

    private static int Pushes(OpCode code) => code.StackBehaviourPush switch
    {
        StackBehaviour.Push0 => 0,
        StackBehaviour.Push1_push1 => 2,
        _ => 1,
    };
}
