using FestivalOps.Slack.Events;

namespace FestivalOps.Slack;

/// <summary>Handles every event.</summary>
public interface IEventHandler
{
    /// <summary>Called for every event, once per <c>event_id</c>. Queue long work.</summary>
    /// <param name="eventCallback">The event with what surrounds it.</param>
    Task Handle(EventCallback eventCallback);
}

/// <summary>Handles one kind of event.</summary>
/// <typeparam name="T">The kind.</typeparam>
public interface IEventHandler<in T> where T : Event
{
    /// <summary>Called for every event of the kind, once per <c>event_id</c>. Queue long work.</summary>
    /// <param name="slackEvent">The event.</param>
    Task Handle(T slackEvent);
}
